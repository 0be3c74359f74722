using System.Text.Json;

namespace StyleLab.Notebooks;

/// <summary>A text that a cell of <c>#!value</c> keeps.</summary>
/// <param name="Text">The text.</param>
/// <param name="MimeType">What it is; null where nothing is said.</param>
internal sealed record KeptText(string Text, string? MimeType = null)
{
    /// <summary>JSON as a document, anything else as the text.</summary>
    /// <exception cref="NotebookException">It is said to be JSON, and is not.</exception>
    public object Value
    {
        get
        {
            if (MimeType is not { } type || !MimeBundle.IsJson(type))
                return Text;
            try
            {
                return JsonDocument.Parse(Text);
            }
            catch (JsonException broken)
            {
                throw new NotebookException($"The value is no JSON, though its type is {type}: {JsonText.Problem(broken)}.", broken);
            }
        }
    }
}
