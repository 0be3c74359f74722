using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>
/// Keeps the places of formulas in the HTML of a notebook while it is looked through: MathML is ours, and comes in at the end. Nobody
/// can know what a place looks like beforehand.
/// </summary>
internal sealed class FormulaPlaces
{
    private readonly string _mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly List<string> _formulas = [];

    /// <summary>An element that stands for the formula.</summary>
    public string Keep(string mathMl)
    {
        _formulas.Add(mathMl);
        return FormattableString.Invariant($"<i data-formula=\"{_mark}-{_formulas.Count - 1}\"></i>");
    }

    /// <summary>The page with its formulas.</summary>
    public string Fill(string html) => _formulas.Count == 0 ? html
        : Regex.Replace(html, $"<i data-formula=\"{_mark}-([0-9]+)\"></i>", place => _formulas[int.Parse(place.Groups[1].ValueSpan)]);
}
