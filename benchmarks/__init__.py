"""What is promised, measured beside what people use today."""
