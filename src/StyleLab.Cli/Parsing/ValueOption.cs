using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace StyleLab.Cli.Parsing;

/// <summary>An option that takes several words, up to the first that cannot be meant for it.</summary>
internal interface IListOption
{
    /// <summary>True if a word belongs to the option after another that does.</summary>
    bool Takes(string word, string before);
}

/// <summary>An option of one value, or of several: what they are, and what is said of a wrong one, is the same for both.</summary>
internal sealed class ValueOption<T> : Option<T[]>, IListOption
{
    private readonly ValueKind<T> _kind;
    private readonly bool _several;

    /// <param name="name">With its dashes.</param>
    /// <param name="description">For the help text.</param>
    /// <param name="kind">What a value is.</param>
    /// <param name="several">True to take several values, none twice.</param>
    /// <param name="repeats">True if the same value may come twice.</param>
    public ValueOption(string name, string description, ValueKind<T> kind, bool several = false, bool repeats = false) : base(name)
    {
        (_kind, _several) = (kind, several);
        Description = description;
        HelpName = several ? kind.HelpName + "…" : kind.HelpName;
        Arity = several ? ArgumentArity.OneOrMore : ArgumentArity.ExactlyOne;
        CustomParser = result => Read(result, repeats);
    }

    /// <summary>The value if the option is not given, for the help text too.</summary>
    public T Standard { init => DefaultValueFactory = _ => [value]; }

    // Numbers end where a file begins; a word that is neither is a mistyped number.
    public bool Takes(string word, string before) => _several && !_kind.EndsList(before) && (_kind.Expected == "" || _kind.Parse(word, out _) || !Path.Exists(word));

    private T[] Read(ArgumentResult result, bool repeats)
    {
        var values = new List<T>();
        foreach (var token in result.Tokens)
        {
            if (!_kind.Parse(token.Value, out var value))
                result.AddError($"{Name} takes {_kind.Expected}, got '{token.Value}'.");
            else if (!repeats && values.Contains(value))
                result.AddError($"{Name} has {string.Create(CultureInfo.InvariantCulture, $"{value}")} twice.");
            values.Add(value);
        }
        return [.. values];
    }
}
