namespace StyleLab.Networks;

/// <summary>A network whose weights, and description if it has one, are resources of this assembly; the facts are those of its model card in data/networks.</summary>
internal sealed record EmbeddedNetwork(string Name, string Licence, string Training, string Limits)
{
    /// <summary>True where the layers are told by a description.</summary>
    public bool IsDescribed { get; init; }

    public static IReadOnlyList<EmbeddedNetwork> All { get; } =
    [
        new("vgg19-slim",
            Licence: "StyleLab's own weights, under StyleLab's licence; the training pictures are not included.",
            Training: "Tiny ImageNet: 200 classes, 100,000 pictures of 64×64, 9 epochs; 38.4 % top-1 on its validation pictures.",
            Limits: "It saw small pictures only, so large structures are weaker than in the full VGG-19; "
                + "zero padding leaves a bright rim, which reflection or replication avoids."),
        new("resnet18",
            Licence: "MIT, © .NET Foundation and contributors; the notice is in data/networks.",
            Training: "ImageNet: 1,000 classes, pictures of 224×224, by Microsoft with CNTK.",
            Limits: "It ends at stride 16; numbers of 16 bits are 0.1 % off in its last layer. Without averages in place of its strides it leaves a lattice.")
        {
            IsDescribed = true,
        },
    ];

    public NetworkFile Open()
    {
        string resource = Name + ".safetensors", what = $"The embedded {Name}";
        using var stream = Resource(resource);
        if (!IsDescribed)
            return NetworkFile.Read(stream, Name, what, sha256 => Source(stream.Length, sha256));
        using var described = Resource(Name + NetworkDescription.Extension);
        var json = new byte[described.Length];
        described.ReadExactly(json);
        return DescribedNetwork.Read(DescriptionReader.Read(json, what, resource), json, Name, what, stream, what, Source);

        NetworkSource Source(long bytes, string sha256) => new(IsEmbedded: true, resource, bytes, sha256, Licence, Training, Limits) { Reference = Name };
    }

    private static Stream Resource(string name) => typeof(EmbeddedNetwork).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The resource {name} is missing from the assembly.");
}
