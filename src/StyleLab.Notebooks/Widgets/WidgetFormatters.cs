using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks.Widgets;

/// <summary>How a widget shows itself: as itself where the front end has widgets, otherwise as a picture of what it is now.</summary>
internal sealed class WidgetFormatters : ITypeFormatterSource
{
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        new WidgetFormatter(WidgetProtocol.ViewMimeType, View),
        new WidgetFormatter(MimeTypes.Html, widget => (SessionWidgets.Current?.HasOldFrontEnd == true ? OldFrontEnd.HidesStills : "") + Still.Html(widget)),
        new WidgetFormatter(MimeTypes.PlainText, Still.Text),
    ];

    private static string View(Widget widget)
    {
        if (SessionWidgets.Current is { } session)
            widget.Open(session);
        return new JsonObject { ["version_major"] = 2, ["version_minor"] = 0, ["model_id"] = widget.Id }.ToJsonString();
    }

    private sealed class WidgetFormatter(string mimeType, Func<Widget, string> format) : ITypeFormatter
    {
        public string MimeType => mimeType;

        public Type Type => typeof(Widget);

        public bool Format(object instance, FormatContext context)
        {
            context.Writer.Write(format((Widget)instance));
            return true;
        }
    }
}
