"""What is new: feeds parsed, headline lists read, feeds discovered, and the pure decision of what to push."""
