namespace StyleLab.Notebooks.Tests;

public sealed class NotebookParametersTests
{
    private const string Declared =
        "int steps = 10; float rate = 0.1f; double weight = 1; bool fast = false; string name = \"a\"; long? many = null;\n" +
        "var guessed = -3; var file = $\"{name}.png\"; var start = Guid.Empty; decimal money = 1m;";

    [Theory]
    [InlineData("steps", "300", "steps = 300;")]
    [InlineData("rate", "1e-3", "rate = 1e-3f;")]
    [InlineData("weight", "2", "weight = 2d;")]
    [InlineData("fast", "TRUE", "fast = true;")]
    [InlineData("name", "12", "name = \"12\";")]
    [InlineData("name", "a \"b\" \\c", "name = \"a \\\"b\\\" \\\\c\";")]
    [InlineData("many", "-7", "many = -7L;")]
    [InlineData("guessed", "5", "guessed = 5;")]
    [InlineData("file", "true", "file = \"true\";")]
    [InlineData("money", "2.50", "money = 2.50m;")]
    public void A_value_becomes_a_literal_of_the_declared_type(string name, string value, string expected) =>
        Assert.Equal("// Parameters of this run\n" + expected, Inject(name, value).Cells[1].Source);

    [Theory]
    [InlineData("steps", "many", "The parameter steps is declared as int, and \"many\" is no int; give a value such as steps=10.")]
    [InlineData("steps", "99999999999", "The parameter steps is declared as int")]
    [InlineData("rate", "fast", "The parameter rate is declared as float")]
    [InlineData("stps", "3", "a.ipynb has no parameter stps; its parameters are steps, rate, weight, fast, name, many, guessed, file, start, money.")]
    public void A_value_that_does_not_fit_gets_one_sentence(string name, string value, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<NotebookException>(() => Inject(name, value)).Message);

    [Fact]
    public void An_earlier_injected_cell_is_replaced()
    {
        var notebook = Inject("steps", "1");
        NotebookParameters.Inject(notebook, "a.ipynb", new Dictionary<string, string> { ["steps"] = "2" });
        Assert.Equal(3, notebook.Cells.Count);
        Assert.EndsWith("steps = 2;", notebook.Cells[1].Source);
    }

    [Fact]
    public void Without_a_tagged_cell_the_parameters_are_declared_at_the_top()
    {
        var notebook = Fixture.Notebook("steps");
        NotebookParameters.Inject(
            notebook, "a.ipynb", new Dictionary<string, string> { ["steps"] = "2", ["rate"] = "0.5", ["name"] = "x y" });
        Assert.Equal("// Parameters of this run\nvar steps = 2;\nvar rate = 0.5d;\nvar name = \"x y\";", notebook.Cells[0].Source);
        Assert.Throws<NotebookException>(() =>
            NotebookParameters.Inject(notebook, "a.ipynb", new Dictionary<string, string> { ["x; y"] = "2" }));
    }

    private static Notebook Inject(string name, string value)
    {
        var notebook = Fixture.Notebook(Declared, "steps");
        notebook.Cells[0].Metadata["tags"] = new System.Text.Json.Nodes.JsonArray("parameters");
        NotebookParameters.Inject(notebook, "a.ipynb", new Dictionary<string, string> { [name] = value });
        return notebook;
    }
}
