"""Pictures that we draw: what is to be seen on them as values, and the drawing, which alone needs Pillow."""
