"""csqm-desktop: offline quality review of customer-service replies."""

__version__ = "0.1.0"
