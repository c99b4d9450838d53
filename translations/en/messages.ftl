# Letters and messages sent out.
