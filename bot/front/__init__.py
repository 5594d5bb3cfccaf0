"""What others may ask the running bot for over HTTP."""
