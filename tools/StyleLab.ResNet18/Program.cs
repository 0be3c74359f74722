using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using StyleLab;
using StyleLab.Tools.ResNet18;

// Makes data/networks/resnet18.json and .safetensors, which are built into the library, from Microsoft's package of a ResNet-18: its layers up to the
// second block of the fourth stage under the names of the literature, batch normalisations folded in, numbers of 16 bits. No build needs this.
if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine($"Give the folder to write to, such as data/networks, and the path of {PackagedModel.Name} if the package {PackagedModel.Package} {PackagedModel.Version} is not to be fetched by the SDK.");
    return 2;
}

const string Last = "res4_2";
string model = args.Length > 1 ? args[1] : PackagedModel.Fetch();
var temporary = Directory.CreateTempSubdirectory("stylelab-resnet18-");
try
{
    // As the library reads it, in its own words.
    LossNetwork.Load(model).Save(Path.Combine(temporary.FullName, "whole.json"));
    var description = JsonNode.Parse(File.ReadAllText(Path.Combine(temporary.FullName, "whole.json")))!.AsObject();
    using var weights = WeightsFile.Open(Path.Combine(temporary.FullName, "whole.safetensors"));
    var layers = ResidualNames.Renamed([.. description["layers"]!.AsArray().Select(layer => layer!.DeepClone().AsObject())], Last, out var names);

    var kept = new JsonObject
    {
        ["weights"] = "resnet18.safetensors",
        ["input"] = "bgr, 0..255, mean 103.06 115.9 123.15, std 1 1 1",
        ["content"] = "res2_2,res3_1",
        ["style"] = "input,relu1,res2_2,res3_2,res4_2",
        ["instead of stride"] = "average",
        ["licence"] = "MIT (Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1, © .NET Foundation and contributors; the notice is in data/networks).",
        ["training"] = "ImageNet, with CNTK 2.6, by Microsoft; classification of pictures of 224×224.",
        ["layers"] = new JsonArray([.. layers]),
    };
    var options = new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    File.WriteAllText(Path.Combine(args[0], "resnet18.json"), kept.ToJsonString(options) + "\n");
    using var file = File.Create(Path.Combine(args[0], "resnet18.safetensors"));
    Safetensors.Write(file, names.Where(name => weights.Tensors.Any(tensor => tensor.Name == name.Key + ".weight")).SelectMany(name => new[] { ".weight", ".bias" }
        .Select(suffix => KeyValuePair.Create(name.Value + suffix, weights.Read(name.Key + suffix)))), half: true);
    Console.WriteLine($"{file.Name}: {file.Length} bytes");
    return 0;
}
finally
{
    temporary.Delete(recursive: true);
}
