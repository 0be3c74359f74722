using StyleLab.Networks;
using StyleLab.Networks.Catalogue;

namespace StyleLab;

/// <summary>The published networks that can be loaded by name. Each is downloaded once, when it is first asked for.</summary>
public static class NetworkCatalogue
{
    private const string ImageNet = "ImageNet (ILSVRC 2012, 1000 classes)";

    private const string TorchvisionLicence =
        "Published with torchvision (BSD-3-Clause code); the weights come from ImageNet, whose pictures are for non-commercial research.";

    private const string OxfordLicence = "Creative Commons Attribution (CC BY 4.0), Visual Geometry Group, University of Oxford; cite Simonyan and Zisserman 2014.";

    /// <summary>The networks, the most used first.</summary>
    public static IReadOnlyList<PublishedNetwork> All { get; } =
    [
        Torchvision("vgg19", "vgg19-dcbb9e9d.pth", "dcbb9e9dad569fff7a846263a77324fc34978fea2bfb039c012d710e1776ae44", 574_673_361,
            $"torchvision's VGG-19 without batch norm, on {ImageNet}; 72.4 % top-1."),
        Torchvision("vgg16", "vgg16-397923af.pth", "397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0", 553_433_881,
            $"torchvision's VGG-16 without batch norm, on {ImageNet}; 71.6 % top-1."),
        Caffe("vgg19-caffe", "vgg19", "vgg19-d01eb7cb.pth", "d01eb7cb"),
        Caffe("vgg16-caffe", "vgg16", "vgg16-00b39a1b.pth", "00b39a1b"),
        new()
        {
            Name = "vgg19-gatys",
            ArchitectureName = "vgg19",
            Url = new("https://bethgelab.org/media/uploads/pytorch_models/vgg_conv.pth"),
            Input = Preprocessing.Caffe,
            Licence = "Academic, non-commercial use, as its authors say.",
            Training = $"The VGG-19 of Simonyan and Zisserman 2014 on {ImageNet}; Gatys et al. scaled its filters so that "
                + "each channel's mean activation over pictures and places is 1.",
            Note = "Its host was out of reach when this list was made; huggingface.co/fdan/neural_style_transfer_vgg has a copy of vgg_conv.pth.",
        },
        Torchvision("squeezenet1_1", "squeezenet1_1-b8a52dc0.pth", "b8a52dc049b60e4b6ab68ad0df457362afab8b6304b2febdc1650a5dab4d7e7b", 4_958_839,
            $"torchvision's SqueezeNet 1.1, on {ImageNet}."),
    ];

    /// <summary>
    /// The folder of the fetched networks: <c>networks</c> in the environment variable STYLELAB_CACHE, or in StyleLab's folder
    /// among the user's caches.
    /// </summary>
    public static string Folder => CacheFolder.Networks;

    /// <summary>The network of that name, or null; case does not count.</summary>
    public static PublishedNetwork? Find(string name) =>
        All.FirstOrDefault(network => network.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the network is on this computer already.</summary>
    public static bool IsFetched(PublishedNetwork network) => new CachedNetwork(network).IsComplete;

    /// <summary>Downloads and converts a network, unless it is there and undamaged.</summary>
    /// <returns>The path of its file, which holds the convolutions alone, as float32.</returns>
    /// <exception cref="StyleLabException">The file cannot be had, or is not the published one.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the next call goes on where this one ended.</exception>
    public static Task<string> FetchAsync(
        PublishedNetwork network, IProgress<FetchProgress>? progress = null, CancellationToken cancellation = default) =>
        new CachedNetwork(network).FetchAsync(progress, cancellation);

    /// <summary>Takes the published file of a network, which the user has, into the folder of the fetched ones.</summary>
    /// <param name="path">The file as it was published; it stays where it is.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellation">Ends it; nothing is left behind.</param>
    /// <returns>The network that the file is.</returns>
    /// <exception cref="StyleLabException">The file cannot be read, or is none of the published ones.</exception>
    public static Task<PublishedNetwork> ImportAsync(
        string path, IProgress<FetchProgress>? progress = null, CancellationToken cancellation = default) =>
        CachedNetwork.ImportAsync(path, progress, cancellation);

    /// <summary>Reads a fetched network again and compares it with what was written.</summary>
    /// <returns>The SHA-256 of its file.</returns>
    /// <exception cref="StyleLabException">It is not there, or was changed since.</exception>
    public static string Verify(PublishedNetwork network) => new CachedNetwork(network).Verify();

    private static PublishedNetwork Torchvision(string name, string file, string sha256, long bytes, string training) => new()
    {
        Name = name,
        ArchitectureName = name,
        Url = new("https://download.pytorch.org/models/" + file),
        Sha256 = sha256,
        Bytes = bytes,
        Input = Preprocessing.Torchvision,
        Licence = TorchvisionLicence,
        Training = training,
    };

    private static PublishedNetwork Caffe(string name, string architecture, string file, string sha256Start) => new()
    {
        Name = name,
        ArchitectureName = architecture,
        Url = new("https://web.eecs.umich.edu/~justincj/models/" + file),
        Sha256Start = sha256Start,
        Input = Preprocessing.Caffe,
        Licence = OxfordLicence,
        Training = $"The network of Simonyan and Zisserman 2014 on {ImageNet}, converted from Caffe by Justin Johnson.",
    };
}
