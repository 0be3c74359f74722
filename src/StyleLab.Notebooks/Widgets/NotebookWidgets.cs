namespace StyleLab.Notebooks.Widgets;

/// <summary>What every cell has of widgets without a <c>using</c>: <c>Widgets.Slider(…)</c>, <c>Interact(…)</c>.</summary>
public static class NotebookWidgets
{
    /// <summary>
    /// Shows a control for each parameter of a function and below them what the function returns, shows and prints; calls it now, and again whenever a control
    /// changes. A call that is overtaken by a change is stopped as a cell is: what it displays live is cancelled, a parameter of type
    /// <see cref="CancellationToken"/> fires. The newest values win. The cell waits for the first call; the later ones run on a thread of their own.
    /// </summary>
    /// <param name="function">
    /// A lambda or method. Numbers become sliders, bool a checkbox, string a line of text, an enum a list. Defaults (<c>(double weight = 0.5) => …</c>) are where
    /// they begin; a slider then goes from 0 to three times that, or as <c>[Range(0, 10)]</c> says. Without a default it begins in the middle. Tasks are awaited, runs are shown live.
    /// </param>
    /// <param name="controls">
    /// In the order of the parameters, where they should be others: a range <c>(min, max)</c> or <c>(min, max, step)</c>, a list of choices, a value to begin with, or a
    /// control such as <c>Widgets.FloatSlider(…)</c>; null for what the parameter alone calls for.
    /// </param>
    /// <exception cref="ArgumentException">There is no control for a parameter, or there are more controls than parameters.</exception>
    public static void Interact(Delegate function, params object?[] controls)
    {
        ArgumentNullException.ThrowIfNull(function);
        var cell = CellContext.Required;
        var interaction = new Interaction(function, controls, cell);
        SessionWidgets.Current?.Add(interaction);
        Microsoft.DotNet.Interactive.Kernel.display(interaction.View);
        interaction.Start();
    }

    /// <summary>Makes widgets. Display one, or make it the value of a cell.</summary>
    public static class Widgets
    {
        /// <summary>The same as <see cref="FloatSlider"/>.</summary>
        public static FloatSlider Slider(double value = 0, double min = 0, double max = 1, double? step = null, string description = "") =>
            new(value, min, max, step, description);

        /// <summary>A number that is chosen by dragging.</summary>
        /// <param name="value">Where it begins; limited to the range.</param>
        /// <param name="min">The smallest value.</param>
        /// <param name="max">The largest value, not below <paramref name="min"/>.</param>
        /// <param name="step">From one value to the next, above 0; about a hundredth of the range if not given.</param>
        /// <param name="description">What stands beside it.</param>
        public static FloatSlider FloatSlider(double value = 0, double min = 0, double max = 1, double? step = null, string description = "") =>
            new(value, min, max, step, description);

        /// <summary>A whole number that is chosen by dragging.</summary>
        /// <param name="value">Where it begins; limited to the range.</param>
        /// <param name="min">The smallest value.</param>
        /// <param name="max">The largest value, not below <paramref name="min"/>.</param>
        /// <param name="step">From one value to the next, at least 1.</param>
        /// <param name="description">What stands beside it.</param>
        public static IntSlider IntSlider(int value = 0, int min = 0, int max = 100, int step = 1, string description = "") => new(value, min, max, step, description);

        /// <summary>One of several values.</summary>
        /// <param name="options">What can be chosen; the first is at first.</param>
        /// <param name="description">What stands beside it.</param>
        /// <param name="label">What an option is called; its text if not given.</param>
        /// <typeparam name="T">What the values are.</typeparam>
        public static Dropdown<T> Dropdown<T>(IEnumerable<T> options, string description = "", Func<T, string>? label = null) => new(options, 0, description, label);

        /// <summary>Yes or no.</summary>
        public static Checkbox Checkbox(bool value = false, string description = "") => new(value, description);

        /// <summary>A line of text.</summary>
        /// <param name="value">What stands in it at first.</param>
        /// <param name="description">What stands beside it.</param>
        /// <param name="placeholder">What stands there in grey while it is empty.</param>
        public static Text Text(string value = "", string description = "", string placeholder = "") => new(value, description, placeholder);

        /// <summary>Something to press.</summary>
        /// <param name="description">What stands on it.</param>
        /// <param name="clicked">Called at each press.</param>
        /// <param name="look">Its colour.</param>
        public static Button Button(string description = "", Action? clicked = null, ButtonLook look = ButtonLook.Plain)
        {
            var button = new Button(description, look);
            if (clicked is not null)
                button.Clicked += _ => clicked();
            return button;
        }

        /// <summary>A line of text that code changes.</summary>
        public static Label Label(string value = "") => new(value);

        /// <summary>A picture that code changes.</summary>
        /// <param name="picture">The bytes of a file (PNG, JPEG, GIF, WebP, SVG), or anything that a cell would show as a picture; nothing at first if null.</param>
        /// <param name="width">How wide it is drawn, in pixels; as wide as it is if null.</param>
        public static Image Image(object? picture = null, int? width = null) =>
            new(picture, width?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "");

        /// <summary>A bar that says how far something is.</summary>
        /// <param name="value">How much is done.</param>
        /// <param name="max">What is to be done in all, above 0.</param>
        /// <param name="description">What stands beside it.</param>
        public static Progress Progress(double value = 0, double max = 1, string description = "") => new(value, max, description);

        /// <summary>Widgets beside each other.</summary>
        public static Box HBox(params IEnumerable<Widget> children) => new("HBox", children);

        /// <summary>Widgets below each other.</summary>
        public static Box VBox(params IEnumerable<Widget> children) => new("VBox", children);

        /// <summary>A place for what code shows and prints.</summary>
        public static OutputArea Output() => new();
    }
}
