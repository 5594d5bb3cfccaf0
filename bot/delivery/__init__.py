"""The outbox: matching, claiming, pacing and sending Deliveries."""
