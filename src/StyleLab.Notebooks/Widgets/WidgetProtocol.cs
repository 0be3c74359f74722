namespace StyleLab.Notebooks.Widgets;

/// <summary>The names of the widget protocol, version 2.1 (ipywidgets 8).</summary>
internal static class WidgetProtocol
{
    /// <summary>What the conversation of a widget is about.</summary>
    public const string WidgetTarget = "jupyter.widget";

    /// <summary>Where a front end asks for all widgets at once.</summary>
    public const string ControlTarget = "jupyter.widget.control";

    /// <summary>Where front ends of ipywidgets 6 ask which version is wanted.</summary>
    public const string VersionTarget = "jupyter.widget.version";

    public const string Version = "2.1.0";

    public const string ViewMimeType = "application/vnd.jupyter.widget-view+json";
    public const string StateMimeType = "application/vnd.jupyter.widget-state+json";
}
