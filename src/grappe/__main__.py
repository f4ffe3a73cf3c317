"""``python -m grappe`` is ``grappe``."""

from grappe.cli import main

if __name__ == "__main__":
    main()
