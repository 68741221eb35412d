"""Serving the public: nginx before replicas of the dashboard, its configuration, and the files that it serves itself."""
