using System.Diagnostics;
using System.Text.Json.Nodes;

namespace StyleLab.Tests.Synthesis;

/// <summary>Recipes and saved runs that are JSON, and damaged or malicious.</summary>
public sealed class OddRecipeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stylelab-odd").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("objective", "null", "objective is null")]
    [InlineData("network", "null", "network is null")]
    [InlineData("network.name", "null", "network.name is null")]
    [InlineData("passes", "[null]", "passes[0] is missing or null")]
    [InlineData("passes", "null", "passes is null")]
    [InlineData("passes", "{}", "passes is an object, expected a list")]
    [InlineData("objective.terms", "[null]", "objective.terms[0] is missing or null")]
    [InlineData("objective.terms", "null", "objective.terms is null")]
    [InlineData("objective.terms", """[{"kind": "weighted", "weight": 2}]""", "objective.terms[0].loss is missing or null")]
    [InlineData("start", """{"kind": "noise", "seed": 1, "sigma": 1e999}""", "at start.sigma: the number is too large")]
    [InlineData("objective.terms[0].weight", "-1e999", "at objective.terms[0].weight: the number is too large")]
    [InlineData("objective.terms", """[{"kind": "weighted", "weight": 1e999, "loss": {"kind": "range"}}]""", "at objective.terms[0].weight: the number is too large")]
    [InlineData("objective.terms", """[{"weight": 2}]""", "the kind of this part is missing or not known")]
    [InlineData("objective.terms", """[{"kind": "nonsense"}]""", "at objective.terms[0]: the kind of this part is missing or not known")]
    [InlineData("objective.terms[0].loss.layers", "\"\"", "at objective.terms[0].loss.layers: the layer pick is empty")]
    [InlineData("objective.terms[0].loss.layers", "7", "objective.terms[0].loss.layers is 7, expected text")]
    [InlineData("objective.terms[0].loss.picture", "[1]", "at objective.terms[0].loss.picture: it is a list, expected an object")]
    [InlineData("objective.terms[0].loss.picture.operations", "[null]", "at objective.terms[0].loss.picture: operations[0] is missing or null")]
    [InlineData("objective.terms[0].loss.picture.operations", "null", "at objective.terms[0].loss.picture: operations is null")]
    [InlineData("margin", "\"x\"", "margin is the text \"x\", expected a whole number")]
    [InlineData("margin", "1.5", "margin is 1.5, expected a whole number")]
    [InlineData("keepColors", "3", "keepColors is 3, expected true or false")]
    [InlineData("network.pooling", "\"middle\"", "network.pooling is the text \"middle\", expected one of average, max")]
    [InlineData("network.pooling", "99", "network.pooling is 99, expected one of average, max")]
    [InlineData("optimizer", """{"kind": "adam", "steps": 2, "averaging": 7}""", "averaging must be at least 0 and below 1")]
    [InlineData("optimizer", """{"kind": "adam", "steps": 2, "annealing": {"kind": "steps", "factor": 1}}""", "cannot be read")]
    [InlineData("colour", "3", "there is no setting 'colour' here")]
    public void A_part_that_is_odd_is_told_with_its_place(string place, string json, string expected) =>
        Assert.Contains(expected, Refused(Changed(place, json)));

    [Theory]
    [InlineData("passes", """[{"size": {"width": 100000, "height": 100000}, "steps": 1}]""", "a pass makes a picture of 100016×100016 with its margin, expected at most 100 megapixels")]
    [InlineData("passes", """[{"size": {"width": 2147483647, "height": 1}, "steps": 1}]""", "with its margin, expected at most 100 megapixels")]
    [InlineData("passes", """[{"size": {"width": 0, "height": 5}, "steps": 1}]""", "a pass has the size 0×5, expected at least 1×1")]
    [InlineData("passes", """[{"steps": 1}]""", "a pass has the size 0×0")]
    [InlineData("passes", """[{"size": {"width": 8, "height": 8}, "steps": -1}]""", "a pass has -1 steps")]
    [InlineData("passes", """[{"size": {"width": 8, "height": 8}, "steps": 2000000000}]""", "it has 2000000000 steps, expected 0 to 1000000")]
    [InlineData("passes", "[]", "it has 0 passes, expected 1 to 100")]
    [InlineData("margin", "1000000000", "its margin is 1000000000, expected 0 to 4096 pixels")]
    [InlineData("margin", "-1", "its margin is -1, expected 0 to 4096 pixels")]
    [InlineData("annealingSteps", "-5", "steps, expected 0 to 1000000")]
    [InlineData("stoppedAt", """{"size": {"width": -1, "height": 5}, "steps": 1}""", "the place where it stopped has the size -1×5")]
    [InlineData("optimizer", """{"kind": "lbfgs", "steps": 3, "history": 2000000000}""", "its optimizer keeps 2000000000 pairs, expected 1 to 1000")]
    public void What_it_asks_for_has_bounds(string place, string json, string expected) =>
        Assert.StartsWith("The recipe cannot be followed: ", Refused(Changed(place, json), expected));

    [Fact]
    public void Terms_without_end_are_refused_before_a_picture_is_opened()
    {
        string term = JsonNode.Parse(Json())!["objective"]!["terms"]![0]!.ToJsonString();
        Assert.Contains("its objective has more than 1000 terms", Refused(Changed("objective.terms", $"[{string.Join(',', Enumerable.Repeat(term, 5000))}]")));
        Assert.Contains("its JSON is nested too deeply", Refused(Changed("objective", string.Concat(Enumerable.Repeat("{\"kind\":\"sum\",\"terms\":[", 90)) + string.Concat(Enumerable.Repeat("]}", 90)))));
    }

    [Theory]
    [InlineData("{\"margin\": 8, \"margin\": 9}", "it has the key 'margin' twice in one object")]
    [InlineData("{\"network\": {\"name\": \"a\", \"name\": \"b\"}}", "it has the key 'name' twice in one object")]
    [InlineData("[]", "it is no JSON object")]
    [InlineData("{\"network\":", "its JSON breaks off or is damaged in line 1")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "its JSON is nested too deeply in line 1")]
    [InlineData("null", "it is no JSON object")]
    public void What_is_no_recipe_is_told(string json, string expected) => Assert.Contains(expected, Refused(json));

    [Fact]
    public void A_pipe_is_not_opened()
    {
        string json = Json();
        File.Delete(Path.Combine(_folder, "content.png"));
        Process.Start("mkfifo", Path.Combine(_folder, "content.png")).WaitForExit();
        Assert.Contains("is empty, or is no ordinary file", Refused(json));
        // A link has a length, and leads to the pipe.
        File.Move(Path.Combine(_folder, "content.png"), Path.Combine(_folder, "pipe"));
        File.CreateSymbolicLink(Path.Combine(_folder, "content.png"), Path.Combine(_folder, "pipe"));
        Assert.Contains("is empty, or is no ordinary file", Refused(json));
        string weights = Path.Combine(_folder, "weights.safetensors");
        Process.Start("mkfifo", weights).WaitForExit();
        Assert.Contains("not an ordinary file", Assert.Throws<StyleLabException>(() => LossNetwork.Load(weights)).Message);
        Assert.Contains("not an ordinary file", Assert.Throws<StyleLabException>(() => SynthesisResult.Load(weights)).Message);
    }

    [Fact]
    public void A_picture_is_found_by_its_hash_beside_the_recipe()
    {
        string json = Json();
        string beside = Directory.CreateDirectory(Path.Combine(_folder, "beside")).FullName;
        File.Move(Path.Combine(_folder, "content.png"), Path.Combine(beside, "renamed.png"));
        Assert.Contains("does not exist", Refused(json));
        Golden.Picture("style").Save(Path.Combine(beside, "content.png"));
        Assert.Contains("does not exist", Assert.Throws<StyleLabException>(() => Recipe.FromJson(json, _folder)).Message);
        var found = Assert.Single(Recipe.FromJson(json, beside).Objective.ContentPictures);
        Assert.EndsWith("renamed.png", found.Origin!.File);
        // A file with other contents in the named place does not hide it.
        Golden.Picture("style").Save(Path.Combine(_folder, "content.png"));
        Assert.EndsWith("renamed.png", Assert.Single(Recipe.FromJson(json, beside).Objective.ContentPictures).Origin!.File);
    }

    [Theory]
    [InlineData("state", "null", "is null")]
    [InlineData("state.History", "[null]", "History[0] is missing or null")]
    [InlineData("state.History", "null", "History is null")]
    [InlineData("state.History", """[{"Name": "total", "Value": 1, "Parts": [null]}]""", "History[0].Parts[0] is missing or null")]
    [InlineData("state.Warnings", "[null]", "Warnings[0] is missing or null")]
    [InlineData("state.Numbers", "null", "Numbers is null")]
    [InlineData("state.Seconds", "1e300", "damaged")]
    [InlineData("state.StepsOfPass", "-1", "it has taken steps that its recipe does not have")]
    [InlineData("state.StepsOfPass", "99", "it has taken steps that its recipe does not have")]
    [InlineData("state.Pass", "3", "it stopped at a size that its recipe does not have")]
    [InlineData("recipe.passes", "[null]", "passes[0] is missing or null")]
    [InlineData("recipe.margin", "1000000000", "its margin is 1000000000")]
    [InlineData("recipe.objective.terms[0].loss.picture", "{\"carried\": 5}", "a picture that the file should carry is missing")]
    public async Task A_saved_run_is_looked_through_as_well(string place, string json, string expected)
    {
        string path = Path.Combine(_folder, "run.safetensors");
        (await Run().RunAsync(TestContext.Current.CancellationToken)).Save(path);
        using (var file = WeightsFile.Open(path))
        {
            var metadata = file.Metadata.ToDictionary();
            string part = place.Split('.')[0];
            metadata[part] = place == part ? json : Changed(metadata[part], place[(part.Length + 1)..], json);
            var tensors = file.Tensors.ToDictionary(t => t.Name, t => file.Read(t.Name));
            using var damaged = File.Create(path + ".new");
            Safetensors.Write(damaged, tensors, metadata: metadata);
        }
        Assert.Contains(expected, Assert.Throws<StyleLabException>(() => SynthesisResult.Load(path + ".new")).Message);
    }

    [Fact]
    public async Task An_objective_with_other_settings_is_refused()
    {
        Loss Objective(double weight, string layers = "relu2_1", double guided = 1) => weight * Loss.Custom(layers, f => f.Mean(), "edges")
            + guided * Loss.Content(Picture.Load(Path.Combine(_folder, "content.png")));
        Golden.Picture("content").Resize(40, 32).Save(Path.Combine(_folder, "content.png"));
        string path = Path.Combine(_folder, "run.safetensors");
        (await LossNetwork.Load("vgg19-slim").Synthesize(Objective(2), optimizer: Optimizer.Adam(2), sizes: [40]).RunAsync(TestContext.Current.CancellationToken)).Save(path);

        Assert.Equal(2, SynthesisResult.Load(path, objective: Objective(2)).Recipe.Optimizer.Steps);
        Assert.Equal(2, SynthesisResult.Load(path, objective: Objective(2), optimizer: Optimizer.Adam(7)).Recipe.Optimizer.Steps);
        Refuses("objective.terms[0].weight is 3, in the recipe 2", Objective(3));
        Refuses("objective.terms[0].loss.settings is \"layers relu3_1\", in the recipe \"layers relu2_1\"", Objective(2, "relu3_1"));
        Refuses("objective.terms[1].weight is 0.5, in the recipe 1", Objective(2, guided: 0.5));
        Assert.Contains("optimizer.learningRate is 0.5, in the recipe 0.02",
            Assert.Throws<StyleLabException>(() => SynthesisResult.Load(path, objective: Objective(2), optimizer: Optimizer.Adam(2, 0.5))).Message);
        Golden.Picture("style").Resize(40, 32).Save(Path.Combine(_folder, "content.png"));
        Refuses("objective.terms[1].loss.picture is ", Objective(2));

        void Refuses(string expected, Loss objective) =>
            Assert.Contains(expected, Assert.Throws<StyleLabException>(() => SynthesisResult.Load(path, objective: objective)).Message);
    }

    [Fact]
    public void A_setting_that_JSON_cannot_hold_is_told()
    {
        var network = LossNetwork.Load("vgg19-slim");
        var picture = Golden.Picture("content");
        foreach (var run in new[]
        {
            network.Synthesize(Loss.Content(picture), Start.Noise(1, double.PositiveInfinity)),
            network.Synthesize(Loss.Style(picture, "relu1_1", layerWeights: [double.NaN])),
        })
            Assert.Contains("infinite or not a number", Assert.Throws<StyleLabException>(run.Recipe.ToJson).Message);
    }

    private StyleLab.Synthesis Run()
    {
        string path = Path.Combine(_folder, "content.png");
        Golden.Picture("content").Resize(40, 32).Save(path);
        return LossNetwork.Load("vgg19-slim").Synthesize(0.5 * Loss.Content(Picture.Load(path).Crop(0, 0, 32, 32)) + Loss.Range(), optimizer: Optimizer.Adam(2), sizes: [32]);
    }

    private string Json() => Run().Recipe.ToJson();

    private string Changed(string place, string json) => Changed(Json(), place, json);

    /// <summary>JSON with another part at a place such as <c>objective.terms[0].loss</c>.</summary>
    private static string Changed(string whole, string place, string json)
    {
        var root = JsonNode.Parse(whole)!;
        string[] steps = place.Replace("[", ".[").Split('.');
        var parent = root;
        foreach (string step in steps[..^1])
            parent = step[0] == '[' ? parent[int.Parse(step[1..^1])]! : parent[step]!;
        const string mark = "here it is to be";
        if (steps[^1][0] == '[')
            parent[int.Parse(steps[^1][1..^1])] = mark;
        else
            parent[steps[^1]] = mark;
        // JSON that no node can hold, too.
        return root.ToJsonString().Replace($"\"{mark}\"", json);
    }

    private static string Refused(string json) => Assert.Throws<StyleLabException>(() => Recipe.FromJson(json)).Message;

    private static string Refused(string json, string expected)
    {
        string message = Refused(json);
        Assert.Contains(expected, message);
        return message;
    }
}
