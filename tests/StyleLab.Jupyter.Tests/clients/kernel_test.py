"""Jupyter's own test of a kernel, with every optional part on."""
import sys
import unittest

import jupyter_kernel_test


class CSharpKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = ".net-csharp"
    language_name = "C#"
    file_extension = ".cs"

    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("test");'
    code_page_something = "Math.Max?"
    code_generate_error = 'throw new Exception("on purpose");'
    code_display_data = [
        {"code": 'display(HTML("<b>bold</b>"));', "mime": "text/html"},
        {"code": "display(42);", "mime": "text/plain"},
    ]
    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "1 + 2 + 4", "result": "7"},
        {"code": '"text"', "result": "text"},
        {"code": "1 + 2 + 3", "result": "6"},
    ]
    code_history_pattern = "1?+ 2 + 3*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.Sqrt"
    code_clear_output = "clear_output();"

    completion_samples = [
        {"text": "Math.Sqr", "matches": ["Sqrt"]},
        {"text": "Console.WriteLi", "matches": ["WriteLine"]},
        {"text": "nameo", "matches": ["nameof"]},
    ]
    complete_code_samples = ["1", 'Console.WriteLine("hello");', "int F(int x) => x;", "for (int i = 0; i < 3; i++) { }"]
    incomplete_code_samples = ["Console.WriteLine(", "int F(int x) {", "/* never closed", "if (true) {\n"]
    invalid_code_samples = ["1 = = 2;", ") }"]


if __name__ == "__main__":
    outcome = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(
        unittest.TestLoader().loadTestsFromTestCase(CSharpKernelTests))
    # A skipped test is one whose samples are missing above.
    sys.exit(0 if outcome.wasSuccessful() and not outcome.skipped else 1)
