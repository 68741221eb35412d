"""What decides which figure stands for what: baseline, health, consistency, gaps and search, over a checked book; pure."""
