"""The review page: queue, conversation and scorecard, driven by the keyboard."""
