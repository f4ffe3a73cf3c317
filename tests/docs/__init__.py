"""What in docs/ is generated: `make docs`."""
