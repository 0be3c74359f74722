using StyleLab.Tensors;
using StyleLab.Tensors.Gradients;
using StyleLab.Tensors.Plans;

namespace StyleLab.Tests.Networks.Descriptions;

/// <summary>Networks with additions, concatenations, borders and poolings that begin before the edge, and averages in place of strides.</summary>
public sealed class BranchedNetworkTests : IDisposable
{
    private const string Residual = """
        {
          "input": "rgb, 0..1",
          "layers": [
            { "kind": "conv", "name": "conv1", "channels": 16, "size": 7, "stride": 2 },
            { "kind": "relu", "name": "relu1", "slope": 0.25 },
            { "kind": "pool", "name": "pool1", "size": 3, "stride": 2, "padding": 1, "paddingAfter": 0 },
            { "kind": "conv", "name": "a", "channels": 16 },
            { "kind": "relu", "name": "a-relu" },
            { "kind": "conv", "name": "b", "channels": 16, "tensors": "a" },
            { "kind": "add", "name": "sum1", "from": ["b", "pool1"] },
            { "kind": "relu", "name": "res1" },
            { "kind": "conv", "name": "c", "channels": 32, "stride": 2 },
            { "kind": "conv", "name": "shortcut", "channels": 32, "size": 1, "stride": 2, "from": "res1" },
            { "kind": "add", "name": "sum2", "from": ["c", "shortcut"] },
            { "kind": "relu", "name": "res2" },
            { "kind": "pad", "name": "border", "from": "res1" },
            { "kind": "pool", "name": "half", "average": true, "from": "border" },
            { "kind": "concat", "name": "all", "from": ["half", "res2"] },
          ]
        }
        """;

    private static readonly Picture s_picture = Picture.Noise(64, 48, seed: 5, (0.5f, 0.4f, 0.6f), sigma: 0.25);

    private readonly string _folder = Directory.CreateTempSubdirectory("stylelab-branched-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_layer_is_what_its_description_says()
    {
        var maps = Load(Residual).WithPooling(Pooling.Max).WithPadding(Padding.Zero).Features(s_picture);
        float[] Of(string layer) => maps[layer].ToArray();
        Assert.Equal(Of("conv1").Select(v => v < 0 ? v * 0.25f : v), Of("relu1"));
        Assert.Equal(Of("b").Zip(Of("pool1"), (a, b) => a + b), Of("sum1"));
        Assert.Equal(Of("sum1").Select(v => Math.Max(v, 0)), Of("res1"));
        Assert.Equal(Of("half").Concat(Of("res2")), Of("all"));
        Assert.Equal((new(1, 16, 12, 16), new(1, 32, 6, 8), new(1, 48, 6, 8)), (maps["pool1"].Shape, maps["res2"].Shape, maps["all"].Shape));

        // Plain loops: windows that begin one position before the edge.
        float[] x = Of("relu1"), pooled = Of("pool1");
        for (int channel = 0; channel < 16; channel++)
            for (int row = 0; row < 12; row++)
                for (int column = 0; column < 16; column++)
                {
                    float largest = float.NegativeInfinity;
                    for (int i = Math.Max(0, 2 * row - 1); i <= 2 * row + 1; i++)
                        for (int j = Math.Max(0, 2 * column - 1); j <= 2 * column + 1; j++)
                            largest = Math.Max(largest, x[(channel * 24 + i) * 32 + j]);
                    Assert.Equal(largest, pooled[(channel * 12 + row) * 16 + column]);
                }
        // The average is one whatever the network's poolings are.
        float[] res1 = Of("res1");
        Assert.Equal((res1[0] + res1[1] + res1[16] + res1[17]) / 4, Of("half")[0], 1e-5);
    }

    [Theory]
    [InlineData(Pooling.Average, Padding.Reflect, Striding.Skip)]
    [InlineData(Pooling.Max, Padding.Zero, Striding.Skip)]
    [InlineData(Pooling.Average, Padding.Replicate, Striding.Average)]
    public void The_gradient_through_branches_is_that_of_small_steps(Pooling pooling, Padding padding, Striding striding)
    {
        var network = Load(Residual).WithPooling(pooling).WithPadding(padding).WithStriding(striding);
        var x = Tensor.Variable(new(1, 3, 48, 64));
        var maps = new FeatureMaps(network, x);
        var loss = maps["all"].Square().Mean() + maps["res1"].Mean().Square();
        var gradient = Gradient.Of(loss, x)[0];
        using var plan = Plan.Compile([loss, gradient]);
        float[] direction = new float[x.Shape.Count];
        double At(float step)
        {
            plan.Write(x, [.. s_picture.Values.Zip(direction, (value, d) => value + step * d)]);
            plan.Run(TestContext.Current.CancellationToken);
            return plan.Read(loss)[0];
        }
        At(0);
        // Where it is steepest a step says most.
        float[] steepest = plan.Read(gradient);
        double length = Math.Sqrt(steepest.Sum(g => (double)g * g));
        direction = Array.ConvertAll(steepest, g => (float)(g / length));
        Assert.InRange((At(0.02f) - At(-0.02f)) / 0.04 / length, 0.98, 1.02);
    }

    [Theory]
    [InlineData(7, 3, 48, 64)]
    [InlineData(3, 1, 47, 61)]
    [InlineData(1, 0, 48, 63)]
    public void An_average_instead_of_a_stride_is_an_unstrided_convolution_and_a_mean(int size, int padding, int height, int width)
    {
        string layer = $$"""{ "kind": "conv", "name": "conv1", "channels": 16, "size": {{size}}, "padding": {{padding}}""";
        string strided = $$"""{ "input": "rgb, 0..1", "instead of stride": "average", "layers": [ {{layer}}, "stride": 2 } ] }""";
        string spelt = $$"""{ "input": "rgb, 0..1", "layers": [ {{layer}} }, { "kind": "pool", "name": "mean", "average": true } ] }""";
        var picture = Picture.Noise(width, height, seed: 6, (0.5f, 0.4f, 0.6f), sigma: 0.25);
        var averaging = Load(strided, size);
        var actual = averaging.Features(picture)["conv1"];
        var expected = Load(spelt, size).Features(picture)["mean"];
        Assert.Equal((Striding.Average, expected.Shape), (averaging.Striding, actual.Shape));
        Assert.InRange(Golden.RelativeError(actual.ToArray(), expected.ToArray()), 0, 1e-5);
        Assert.Equal(size, averaging.WithStriding(Striding.Skip).Weights("conv1").Weight.Shape[2]);
    }

    [Fact]
    public async Task A_recipe_and_a_saved_network_know_the_averages()
    {
        var network = Load(Residual);
        Assert.Null(network.Recipe.Striding);
        var result = await network.WithStriding(Striding.Average).Synthesize(Loss.Style(s_picture, "res1,res2"), optimizer: Optimizer.Lbfgs(2), size: new(32, 32));
        Assert.Equal(Striding.Average, result.Recipe.Network.Striding);
        var again = await result.Recipe.Synthesize();
        Assert.Equal(result.Picture.Values, again.Picture.Values);

        string path = Path.Combine(_folder, "again.json");
        network.WithStriding(Striding.Average).Save(path);
        var loaded = LossNetwork.Load(path);
        Assert.Equal((Striding.Average, "averaged"), (loaded.Striding, loaded.Describe().ToString().Contains("averaged", StringComparison.Ordinal) ? "averaged" : ""));
        Assert.Equal(network.Architecture.Layers, loaded.WithStriding(Striding.Skip).Architecture.Layers);
        Assert.Equal(network.WithStriding(Striding.Average).Weights("conv1").Weight.Values, loaded.Weights("conv1").Weight.Values);
    }

    [Fact]
    public void A_normalised_network_keeps_what_it_computes()
    {
        var network = Load(Residual);
        var normalised = network.Normalize(s_picture);
        FeatureMaps expected = network.Features(Golden.Picture("content")), actual = normalised.Features(Golden.Picture("content"));
        foreach (string layer in new[] { "b", "sum1", "res1", "sum2", "res2" })
            Assert.InRange(Golden.RelativeError(actual[layer].ToArray(), expected[layer].ToArray()), 0, 1e-4);
        // What no addition reads is scaled.
        Assert.NotEqual(network.Weights("a").Weight.Values, normalised.Weights("a").Weight.Values);
    }

    [Fact]
    public void Branches_are_described_on_cards_and_picked_by_resolution()
    {
        var network = Load(Residual);
        string card = network.Describe().ToString();
        Assert.Contains("sum of b and pool1", card);
        Assert.Contains("pool 3×3 /2, padding 1 and 0", card);
        Assert.Contains("average 2×2", card);
        Assert.Equal("input,relu1,a-relu,res2", network.Architecture.StyleLayers);
    }

    [Theory]
    [InlineData("[\"b\", \"pool1\"]", "[\"b\", \"pool2\"]", "Layer 7 ('sum1') of 'net.json' takes the map of 'pool2', which is no layer before it; did you mean 'pool1'?")]
    [InlineData("[\"b\", \"pool1\"]", "[\"b\", \"res2\"]", "takes the map of 'res2', which is no layer before it;")]
    [InlineData("[\"b\", \"pool1\"]", "\"pool1\"", "Layer 7 ('sum1') of 'net.json' needs 'from', a list of two layers, such as [\"relu1\", \"conv2\"].")]
    [InlineData("[\"b\", \"pool1\"]", "[\"b\"]", "needs 'from', a list of two layers")]
    [InlineData("[\"b\", \"pool1\"]", "[\"b\", \"input\"]", "Layer 'sum1' adds 'b' of 16 and 'input' of 3 channels; they must have the same number.")]
    [InlineData("[\"b\", \"pool1\"]", "[\"b\", \"relu1\"]", "Layer 'sum1' of 'net.json' puts together 'b' and 'relu1', whose sizes never agree: of a picture of 320 pixels they are 80 and 160.")]
    [InlineData("\"from\": \"res1\" },\n    { \"kind\": \"add\"", "\"from\": 7 },\n    { \"kind\": \"add\"", "needs a text for 'from', got '7'.")]
    [InlineData("\"slope\": 0.25", "\"slope\": 1.5", "needs a number from 0 to 1 for 'slope', got '1.5'.")]
    [InlineData("\"padding\": 1,", "\"padding\": 3,", "needs a whole number from 0 to 2 for 'padding', got '3'.")]
    [InlineData("\"input\"", "\"instead of stride\": \"mean\", \"input\"", "'net.json' needs 'average' or 'nothing' for 'instead of stride', got 'mean'.")]
    public void Each_mistake_is_said_in_one_sentence(string right, string wrong, string message)
    {
        string json = Residual.ReplaceLineEndings("\n").Replace(right, wrong, StringComparison.Ordinal);
        var error = Assert.Throws<StyleLabException>(() => Load(json));
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void A_picture_whose_halves_do_not_fit_is_told_so()
    {
        var network = Load(Residual);
        var error = Assert.Throws<StyleLabException>(() => network.Features(new Picture(68, 52))["all"]);
        Assert.Contains("Layer 'all' of net puts together maps of 8×6 and 9×7, as The picture of 68×52 pixels is of a size that the network does not halve evenly; ", error.Message);
    }

    private LossNetwork Load(string json, int size = 0)
    {
        string path = Path.Combine(_folder, "net.json");
        File.WriteAllText(path, json);
        var random = new Random(3);
        WeightArray Of(params int[] shape)
        {
            int count = shape.Aggregate(1, (a, b) => a * b);
            double spread = shape.Length == 1 ? 0.2 : 2 / Math.Sqrt(count / (double)shape[0]);
            return new(shape, [.. Enumerable.Range(0, count).Select(_ => (float)(spread * (random.NextDouble() - 0.5)))]);
        }
        using (var stream = File.Create(Path.Combine(_folder, "net.safetensors")))
            Safetensors.Write(stream, size > 0
                ? new Dictionary<string, WeightArray> { ["conv1.weight"] = Of(16, 3, size, size), ["conv1.bias"] = Of(16) }
                : new()
                {
                    ["conv1.weight"] = Of(16, 3, 7, 7), ["conv1.bias"] = Of(16), ["a.weight"] = Of(16, 16, 3, 3), ["a.bias"] = Of(16),
                    ["c.weight"] = Of(32, 16, 3, 3), ["c.bias"] = Of(32), ["shortcut.weight"] = Of(32, 16, 1, 1), ["shortcut.bias"] = Of(32),
                });
        return LossNetwork.Load(path);
    }
}
