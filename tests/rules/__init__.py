"""What is learnt of the rules from documents that people have read, and the catalogue of rules: `make rules`."""
