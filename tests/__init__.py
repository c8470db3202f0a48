"""Tests of Wegwijs: the real model, the real server, a real browser."""
