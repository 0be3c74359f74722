namespace StyleLab.Notebooks;

/// <summary>Text that is HTML and is shown as such.</summary>
public sealed record HtmlContent(string Html)
{
    public override string ToString() => Html;
}
