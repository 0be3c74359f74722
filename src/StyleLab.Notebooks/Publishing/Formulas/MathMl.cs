using System.Net;
using System.Text;

namespace StyleLab.Notebooks;

/// <summary>
/// Turns the LaTeX of formulas into MathML, which browsers show without any script: fractions, scripts, roots, sums,
/// Greek, alphabets, fences, accents, matrices and aligned lines. A command it does not know is shown as its name.
/// </summary>
internal sealed class MathMl
{
    // Nobody reads what is nested deeper, and the stack has an end.
    private const int DeepestNesting = 100;

    private readonly LatexReader _latex;
    private readonly bool _display;
    private int _depth;
    private bool _isTooDeep;

    private MathMl(string latex, bool display, int depth)
    {
        _latex = new LatexReader(latex);
        _display = display;
        _depth = depth;
    }

    /// <param name="latex">The formula, without dollar signs.</param>
    /// <param name="display">On a line of its own, with limits above and below sums.</param>
    /// <returns>The formula as it is written where it is nested too deep.</returns>
    public static string Convert(string latex, bool display)
    {
        var formula = new MathMl(latex.Trim(), display, depth: 0);
        string body = formula.Row(() => false);
        return formula._isTooDeep
            ? $"<code>{Encode(latex.Trim())}</code>"
            : $"<math display=\"{(display ? "block" : "inline")}\">{body}</math>";
    }

    private string Row(Func<bool> isEnd)
    {
        var row = new StringBuilder("<mrow>");
        while (true)
        {
            _latex.SkipSpace();
            if (_latex.IsAtEnd || isEnd())
                return row.Append("</mrow>").ToString();
            row.Append(Scripted());
        }
    }

    /// <summary>One atom with its sub- and superscript.</summary>
    private string Scripted()
    {
        string? name = _latex.PeekCommand();
        bool limits = name != null && _display &&
            (LatexSymbols.LargeOperators.ContainsKey(name) || LatexSymbols.Functions.GetValueOrDefault(name)
             || name is "underbrace" or "overbrace" or "operatorname*");
        string atom = Atom();
        string? below = null, above = null;
        while (true)
        {
            _latex.SkipSpace();
            if (_latex.PeekCommand() is "limits" or "nolimits")
                limits = _latex.Command() == "limits";
            else if (_latex.Take('_'))
                below = Argument();
            else if (_latex.Take('^'))
                above = Argument();
            else if (_latex.Next == '\'')
                above = Primes();
            else
                break;
        }

        string space = name != null && LatexSymbols.Functions.ContainsKey(name) && NextIsOperand()
            ? "<mspace width=\"0.167em\"></mspace>" : "";
        return WithScripts(atom, below, above, limits) + space;
    }

    private static string WithScripts(string atom, string? below, string? above, bool limits) =>
        (below, above, limits) switch
        {
            (null, null, _) => atom,
            (null, _, true) => $"<mover>{atom}{above}</mover>",
            (null, _, false) => $"<msup>{atom}{above}</msup>",
            (_, null, true) => $"<munder>{atom}{below}</munder>",
            (_, null, false) => $"<msub>{atom}{below}</msub>",
            (_, _, true) => $"<munderover>{atom}{below}{above}</munderover>",
            _ => $"<msubsup>{atom}{below}{above}</msubsup>",
        };

    /// <summary>A letter or another name follows, which must not run into the name of a function before it.</summary>
    private bool NextIsOperand() =>
        char.IsLetter(_latex.Next) || _latex.PeekCommand()?.Length > 1;

    private string Atom()
    {
        if (_depth >= DeepestNesting)
        {
            // With nothing left to read, everything that is open comes to its end.
            _isTooDeep = true;
            _latex.SkipAll();
            return "";
        }

        _depth++;
        string atom = NextAtom();
        _depth--;
        return atom;
    }

    /// <summary>A formula inside this one that is read on its own.</summary>
    private string Inner(string latex, bool display)
    {
        var inner = new MathMl(latex, display, _depth);
        string row = inner.Row(() => false);
        _isTooDeep |= inner._isTooDeep;
        return row;
    }

    private string NextAtom()
    {
        char c = _latex.Next;
        if (c == '\\')
            return CommandAtom(_latex.Command());
        if (c is '{')
            return Group();
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(_latex.Peek(1))))
            return $"<mn>{_latex.TakeWhile(d => char.IsAsciiDigit(d) || d == '.')}</mn>";
        _latex.Read();
        if (char.IsHighSurrogate(c) && !_latex.IsAtEnd)
            return $"<mi>{c}{_latex.Read()}</mi>";
        if (char.IsLetter(c))
            return $"<mi>{c}</mi>";
        return c switch
        {
            '-' => "<mo>−</mo>",
            '*' => "<mo>∗</mo>",
            '~' => "<mspace width=\"0.25em\"></mspace>",
            '|' or '(' or ')' or '[' or ']' => Fence(c.ToString()),
            '/' => "<mo lspace=\"0\" rspace=\"0\">/</mo>",
            '&' or '}' => "",
            _ => $"<mo>{Encode(c.ToString())}</mo>",
        };
    }

    private string CommandAtom(string name)
    {
        if (LatexSymbols.Letters.TryGetValue(name, out string? letter))
            return $"<mi>{letter}</mi>";
        if (LatexSymbols.Operators.TryGetValue(name, out string? symbol))
            return $"<mo>{symbol}</mo>";
        if (LatexSymbols.LargeOperators.TryGetValue(name, out symbol))
            return $"<mo largeop=\"{(_display ? "true" : "false")}\" movablelimits=\"false\">{symbol}</mo>";
        if (LatexSymbols.Integrals.TryGetValue(name, out symbol))
            return $"<mo>{symbol}</mo>";
        if (LatexSymbols.Delimiters.TryGetValue(name, out symbol))
            return Fence(symbol);
        if (LatexSymbols.Spaces.TryGetValue(name, out string? width))
            return $"<mspace width=\"{width}\"></mspace>";
        if (LatexSymbols.Functions.ContainsKey(name))
            return Upright(name);
        if (LatexSymbols.Accents.TryGetValue(name, out symbol))
        {
            string isWide = name.StartsWith("wide", StringComparison.Ordinal) || name == "overline" ? "true" : "false";
            return $"<mover accent=\"true\">{Argument()}<mo stretchy=\"{isWide}\">{symbol}</mo></mover>";
        }

        return Construct(name);
    }

    private string Construct(string name)
    {
        switch (name)
        {
            case "frac" or "dfrac" or "tfrac" or "cfrac":
                return $"<mfrac>{Argument()}{Argument()}</mfrac>";
            case "binom":
                return $"<mrow><mo>(</mo><mfrac linethickness=\"0\">{Argument()}{Argument()}</mfrac><mo>)</mo></mrow>";
            case "sqrt":
                string? degree = _latex.OptionalArgument();
                return degree == null
                    ? $"<msqrt>{Argument()}</msqrt>"
                    : $"<mroot>{Argument()}{Inner(degree, display: false)}</mroot>";
            case "mathcal" or "mathscr" or "mathbb" or "mathbf" or "boldsymbol" or "bm":
                return Alphabet(name, _latex.RawArgument());
            case "mathrm" or "operatorname" or "operatorname*" or "mathsf" or "mathit" or "mathtt":
                return Upright(_latex.RawArgument());
            case "text" or "textrm" or "textit" or "textbf" or "texttt" or "mbox":
                return $"<mtext>{Encode(_latex.RawArgument()).Replace(' ', '\u00A0')}</mtext>";
            case "left":
                return Fenced();
            case "big" or "Big" or "bigg" or "Bigg" or "bigl" or "bigr" or "Bigl" or "Bigr" or "biggl" or "biggr":
                return $"<mo stretchy=\"true\" minsize=\"1.4em\" maxsize=\"1.4em\">{Encode(_latex.Delimiter())}</mo>";
            case "underbrace":
                return $"<munder>{Argument()}<mo stretchy=\"true\">⏟</mo></munder>";
            case "overbrace":
                return $"<mover>{Argument()}<mo stretchy=\"true\">⏞</mo></mover>";
            case "underline":
                return $"<munder>{Argument()}<mo stretchy=\"true\">_</mo></munder>";
            case "overset" or "stackrel":
                string over = Argument();
                return $"<mover>{Argument()}{over}</mover>";
            case "underset":
                string under = Argument();
                return $"<munder>{Argument()}{under}</munder>";
            case "begin":
                return Environment(_latex.RawArgument());
            case "displaystyle" or "textstyle" or "right" or "middle" or "nonumber" or "notag" or "\\":
                return "";
            case "%" or "#" or "&" or "_" or "$":
                return $"<mo>{Encode(name)}</mo>";
            default:
                return $"<mtext>\\{Encode(name)}</mtext>";
        }
    }

    private string Fenced()
    {
        string open = _latex.Delimiter();
        string body = Row(() => _latex.PeekCommand() == "right");
        if (_latex.PeekCommand() == "right")
            _latex.Command();
        return $"<mrow>{Stretchy(open)}{body}{Stretchy(_latex.Delimiter())}</mrow>";

        static string Stretchy(string delimiter) =>
            delimiter == "." ? "" : $"<mo fence=\"true\" stretchy=\"true\">{Encode(delimiter)}</mo>";
    }

    /// <summary>Rows separated by \\ and columns by &amp;.</summary>
    private string Environment(string name)
    {
        if (name == "array")
            _latex.RawArgument();
        var rows = new StringBuilder();
        while (!_latex.IsAtEnd && _latex.PeekCommand() != "end")
        {
            rows.Append("<mtr>");
            while (true)
            {
                rows.Append("<mtd>").Append(Row(() => _latex.Next == '&' || _latex.PeekCommand() is "\\" or "end")).Append("</mtd>");
                if (!_latex.Take('&'))
                    break;
            }

            rows.Append("</mtr>");
            if (_latex.PeekCommand() == "\\")
                _latex.Command();
            _latex.SkipSpace();
        }

        if (_latex.PeekCommand() == "end")
        {
            _latex.Command();
            _latex.RawArgument();
        }

        var (open, close) = name.TrimEnd('*') switch
        {
            "pmatrix" => ("(", ")"), "bmatrix" => ("[", "]"), "vmatrix" => ("|", "|"), "Vmatrix" => ("‖", "‖"),
            "cases" => ("{", ""), _ => ("", ""),
        };
        string style = name.TrimEnd('*') is "aligned" or "align" or "split" or "eqnarray" ? " class=\"aligned\""
            : name == "cases" ? " class=\"cases\"" : "";
        return $"<mrow>{Bracket(open)}<mtable{style}>{rows}</mtable>{Bracket(close)}</mrow>";

        static string Bracket(string text) =>
            text.Length == 0 ? "" : $"<mo fence=\"true\" stretchy=\"true\">{text}</mo>";
    }

    private string Alphabet(string command, string letters)
    {
        // Greek in bold has no letters of its own that fonts agree on; the browser's bold will do.
        if (letters.StartsWith('\\'))
            return $"<mrow class=\"bold\">{Inner(letters, _display)}</mrow>";
        string mapped = string.Concat(letters.Select(letter => LatexSymbols.InAlphabet(command, letter)));
        return $"<mi mathvariant=\"normal\">{Encode(mapped)}</mi>";
    }

    private string Primes()
    {
        int count = _latex.TakeWhile(c => c == '\'').Length;
        return $"<mo>{new string('′', count)}</mo>";
    }

    private string Group()
    {
        _latex.Read();
        string row = Row(() => _latex.Next == '}');
        _latex.Take('}');
        return row;
    }

    /// <summary>What follows a command or a script sign: a group, one digit, or one other atom.</summary>
    private string Argument()
    {
        _latex.SkipSpace();
        if (char.IsAsciiDigit(_latex.Next))
            return $"<mn>{_latex.Read()}</mn>";
        return !_latex.IsAtEnd ? Atom() : "<mrow></mrow>";
    }

    private static string Fence(string text) => $"<mo stretchy=\"false\">{Encode(text)}</mo>";

    private static string Upright(string text) => $"<mi mathvariant=\"normal\">{Encode(text)}</mi>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
