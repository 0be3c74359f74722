namespace StyleLab.Networks;

/// <summary>A network whose weights are a resource of this assembly; the facts are those of its model card in data/networks.</summary>
internal sealed record EmbeddedNetwork(string Name, string Licence, string Training, string Limits)
{
    public static IReadOnlyList<EmbeddedNetwork> All { get; } =
    [
        new("vgg19-slim",
            Licence: "StyleLab's own weights, under StyleLab's licence; the training pictures are not included.",
            Training: "Tiny ImageNet: 200 classes, 100,000 pictures of 64×64, 9 epochs; 38.4 % top-1 on its validation pictures.",
            Limits: "It saw small pictures only, so large structures are weaker than in the full VGG-19; "
                + "zero padding leaves a bright rim, which reflection or replication avoids."),
    ];

    public NetworkFile Open()
    {
        var resource = Name + ".safetensors";
        using var stream = typeof(EmbeddedNetwork).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is missing from the assembly.");
        return NetworkFile.Read(stream, Name, $"The embedded {Name}", sha256 =>
            new(IsEmbedded: true, resource, stream.Length, sha256, Licence, Training, Limits) { Reference = Name });
    }
}
