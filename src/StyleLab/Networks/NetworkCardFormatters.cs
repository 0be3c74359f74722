using StyleLab.Figures;
namespace StyleLab.Networks;

/// <summary>Shows a network or its card in notebooks; hosts find this class through <see cref="TypeFormatterSourceAttribute"/>.</summary>
internal sealed class NetworkCardFormatters
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new CardFormatter("text/html", card => card.ToHtml()),
        new CardFormatter("text/plain", card => card.ToString()),
    ];

    // Hosts look for exactly these members: MimeType, and Format(object, TextWriter) that says whether it wrote.
    internal sealed class CardFormatter(string mimeType, Func<NetworkCard, string> write)
    {
        public string MimeType { get; } = mimeType;

        public bool Format(object value, TextWriter writer)
        {
            var card = value is LossNetwork network ? network.Describe() : value as NetworkCard;
            if (card is null)
                return false;
            writer.Write(write(card));
            return true;
        }
    }
}
