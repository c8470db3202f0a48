"""What is kept of a running conversation, and where: in this process, or in a Redis that many workers share."""
