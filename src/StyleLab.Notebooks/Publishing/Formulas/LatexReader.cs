namespace StyleLab.Notebooks;

/// <summary>Reads LaTeX from left to right.</summary>
internal sealed class LatexReader(string text)
{
    private int _at;

    public bool IsAtEnd => _at >= text.Length;

    /// <summary>The next character; zero at the end.</summary>
    public char Next => Peek(0);

    /// <summary>A character further on; zero behind the end.</summary>
    public char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    public char Read() => text[_at++];

    /// <summary>The next character, of two UTF-16 units where it has two.</summary>
    public string ReadCharacter()
    {
        int start = _at;
        _at += char.IsSurrogatePair(text, start) ? 2 : 1;
        return text[start.._at];
    }

    /// <summary>A group as it is written.</summary>
    public string RawArgument()
    {
        SkipSpace();
        if (!Take('{'))
            return _at < text.Length ? text[_at] == '\\' ? "\\" + Command() : ReadCharacter() : "";
        int start = _at;
        for (int depth = 1; _at < text.Length; _at++)
        {
            depth += text[_at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return text[start.._at++];
        }

        return text[start..];
    }

    /// <summary>What stands in square brackets, if they follow.</summary>
    public string? OptionalArgument()
    {
        if (!Take('['))
            return null;
        string argument = TakeWhile(c => c != ']');
        Take(']');
        return argument;
    }

    /// <summary>The sign after <c>\left</c> and the like; a dot stands for none.</summary>
    public string Delimiter()
    {
        SkipSpace();
        if (_at >= text.Length)
            return ".";
        if (text[_at] != '\\')
            return ReadCharacter();
        string name = Command();
        return LatexSymbols.Delimiters.GetValueOrDefault(name) ?? LatexSymbols.Operators.GetValueOrDefault(name) ?? name;
    }

    /// <summary>The name of the command that comes next, or null.</summary>
    public string? PeekCommand()
    {
        int before = _at;
        if (_at >= text.Length || text[_at] != '\\')
            return null;
        string name = Command();
        _at = before;
        return name;
    }

    /// <summary>The name after a backslash: letters, or one other character.</summary>
    public string Command()
    {
        _at++;
        string name = TakeWhile(char.IsAsciiLetter);
        if (name == "operatorname" && Take('*'))
            return "operatorname*";
        if (name.Length > 0)
            return name;
        return _at < text.Length ? ReadCharacter() : "\\";
    }

    public string TakeWhile(Func<char, bool> condition)
    {
        int start = _at;
        while (_at < text.Length && condition(text[_at]))
            _at++;
        return text[start.._at];
    }

    public bool Take(char c)
    {
        bool isThere = _at < text.Length && text[_at] == c;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    public void SkipAll() => _at = text.Length;

    public void SkipSpace() => TakeWhile(char.IsWhiteSpace);
}
