"""Serving the public: nginx before replicas of the dashboard, its configuration, the files that it serves itself."""
