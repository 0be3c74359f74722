namespace StyleLab.Notebooks.Widgets;

/// <summary>Which classes of the front end stand for a widget.</summary>
/// <param name="Module">The JavaScript module that has them.</param>
/// <param name="Version">The version of what that module shows.</param>
/// <param name="Model">The class that holds the state.</param>
/// <param name="View">The class that draws it; null for what is not drawn by itself.</param>
/// <param name="ViewModule">The module of the view, where it is another.</param>
internal sealed record WidgetClass(string Module, string Version, string Model, string? View, string? ViewModule = null)
{
    public const string BaseModule = "@jupyter-widgets/base";

    private const string ControlsModule = "@jupyter-widgets/controls";
    private const string OutputModule = "@jupyter-widgets/output";

    /// <summary>The classes <c>NAMEModel</c> and <c>NAMEView</c> of the controls of ipywidgets 8.</summary>
    public static WidgetClass Control(string name) => new(ControlsModule, "2.0.0", name + "Model", name + "View");

    /// <summary>A bar of progress, whose view has another name than its model.</summary>
    public static WidgetClass Progress { get; } = Control("FloatProgress") with { View = "ProgressView" };

    public static WidgetClass Output { get; } = new(OutputModule, "1.0.0", "OutputModel", "OutputView");

    public static WidgetClass Layout { get; } = new(BaseModule, "2.0.0", "LayoutModel", "LayoutView");

    /// <summary>The class <c>NAMEStyleModel</c>.</summary>
    public static WidgetClass Style(string name) => new(ControlsModule, "2.0.0", name + "StyleModel", "StyleView", BaseModule);
}
