"""The world outside: attendance files."""
