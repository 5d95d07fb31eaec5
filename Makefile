# Thin calls of packaging/bootstrap.py, which works without make too (on Windows: python packaging\bootstrap.py demo).
PYTHON ?= python3
BOOTSTRAP = $(PYTHON) packaging/bootstrap.py

.PHONY: setup demo test lint window screenshots clean

setup demo test lint screenshots clean:
	@$(BOOTSTRAP) $@

window:
	@$(BOOTSTRAP) window $(if $(WORKSPACE),--workspace "$(WORKSPACE)")
