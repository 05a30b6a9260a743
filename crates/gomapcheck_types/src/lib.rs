//! Names and types of IR files: what an operand is and what a call may reach
