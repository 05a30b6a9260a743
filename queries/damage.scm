; What the top level of a damaged file is made of, as far as a function may be the cause. Run with a start depth of at
; most 1, so that no function is entered. Whether a declaration holds an error is asked of the node.
(source_file (ERROR) @damage)
(source_file (block) @damage)
(source_file (function_declaration) @damage)
(source_file (method_declaration) @damage)
(source_file (var_declaration) @damage)
