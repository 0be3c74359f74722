using System.Text.Json;
using System.Text.Json.Serialization;
using StyleLab.Figures;
using StyleLab.Losses;
using StyleLab.Pictures;
using StyleLab.Runs;
using StyleLab.Tensors;
using StyleLab.Tensors.Engines;

namespace StyleLab;

/// <summary>
/// Every setting of a synthesis. As JSON it travels in the PNG a run makes, so that the picture can be made again;
/// pictures are named by file, hash and the operations done to them.
/// </summary>
/// <param name="Network">Which loss network, and how it pools and pads.</param>
/// <param name="Objective">What is minimised.</param>
/// <param name="Start">Where the run starts.</param>
/// <param name="Optimizer">What changes the picture.</param>
/// <param name="Passes">Sizes and steps, coarse to fine.</param>
/// <param name="Margin">Pixels around the picture that are made as well and cut off at the end of each pass.</param>
/// <param name="KeepColors">True to give the result the colours of the content picture.</param>
/// <param name="Engine">The engine and instruction set that computed it; the same bits come only from the same one.</param>
public sealed partial record Recipe(
    NetworkRecipe Network, Loss Objective, Start Start, Optimizer Optimizer, IReadOnlyList<Pass> Passes, int Margin, bool KeepColors,
    string Engine)
{
    private readonly bool _greyIfPicturesAre;

    /// <summary>What changes the picture. Another number of steps is shared out over the sizes there are, as a new run shares it.</summary>
    public Optimizer Optimizer
    {
        get;
        init
        {
            bool isShared = value.Steps == field.Steps || value.Steps == Passes.Sum(pass => pass.Steps);
            field = value;
            if (!isShared)
                Passes = Schedule.Shared(value.Steps, [.. Passes.Select(pass => pass.Size)]);
        }
    } = Optimizer;

    /// <summary>The keyword of the PNG text that holds the recipe.</summary>
    public const string TextKeyword = "StyleLab.Recipe";

    /// <summary>True for a picture without seams when laid side by side: its margin is taken from the opposite edge and not cut off.</summary>
    public bool Tileable { get; init; }

    /// <summary>
    /// True for a run that makes no colours, because all its pictures are grey. Can be set to false; setting it to true
    /// leaves the choice to the pictures. A loss that is code may want colours, so there are some with one.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Grey
    {
        get => _greyIfPicturesAre && !Objective.IsCode && Pictures.Any() && Pictures.All(picture => picture.IsGrey());
        init => _greyIfPicturesAre = value;
    }

    /// <summary>The picture whose colours the result gets, as by <see cref="Picture.MatchColors"/>; none if not given.</summary>
    public Picture? ColorsOf { get; init; }

    /// <summary>
    /// Where the run was interrupted that made the picture: the size it had reached and the steps taken at that size. A run with this
    /// ends there as well; <c>recipe with { StoppedAt = null }</c> goes on to the end. Null if it was not interrupted.
    /// </summary>
    public Pass? StoppedAt { get; init; }

    /// <summary>Version of the library that wrote the recipe.</summary>
    public string StyleLab { get; init; } = typeof(Recipe).Assembly.GetName().Version!.ToString(3);

    /// <summary>
    /// The steps after which everything that is annealed has reached its end, for a run that went on beyond its steps; all steps if not given.
    /// </summary>
    public int? AnnealingSteps { get; init; }

    /// <summary>The recipe as JSON has it: parts that are code are only named.</summary>
    internal Recipe Written => this with { Objective = Objective.Written, Optimizer = Optimizer.Written };

    /// <summary>How far a run is at a step: 0 at the first, towards 1 at the last.</summary>
    /// <param name="pass">Index of the pass.</param>
    /// <param name="stepsOfPass">Steps taken in that pass.</param>
    internal double ProgressAt(int pass, int stepsOfPass)
    {
        int steps = AnnealingSteps ?? Passes.Sum(p => p.Steps);
        return Math.Min(1, (Passes.Take(pass).Sum(p => p.Steps) + stepsOfPass) / (double)Math.Max(1, steps));
    }

    /// <summary>The picture that says what is shown, from which the result has its alpha.</summary>
    internal Picture? Shown => Objective.ContentPictures.FirstOrDefault() ?? (Start as PictureStart)?.Picture;

    /// <summary>A picture of the run, as transparent as what it shows.</summary>
    internal Picture WithAlpha(Picture picture) =>
        Shown is { Alpha: not null } shown && shown.ResizeIfNeeded(picture.Width, picture.Height).Alpha is { } alpha
            ? picture.WithAlpha([.. alpha])
            : picture;

    /// <summary>Every picture that colours could come from.</summary>
    private IEnumerable<Picture> Pictures =>
    [
        .. Objective.Pictures.Where(picture => picture.Role != PictureRole.Guide).Select(picture => picture.Picture),
        .. Start is PictureStart start ? [start.Picture] : Array.Empty<Picture>(),
    ];

    /// <summary>Pixels on each side that the run makes and cuts off.</summary>
    internal int Border => Tileable ? 0 : Margin;

    /// <summary>
    /// The recipe in a picture's text. It may come from anybody: it has bounds, and only ordinary files are opened, but wherever it says;
    /// the command <c>stylelab reproduce</c> asks before it leaves the picture's folder.
    /// </summary>
    /// <param name="picture">A picture read from a PNG that a run wrote.</param>
    /// <param name="folder">Where the files it names are looked for, by name and then by hash, if they are not found from the current folder.</param>
    /// <param name="objective">The objective, needed where part of it is code; see <see cref="FromJson"/>.</param>
    /// <param name="optimizer">The optimizer, needed where it is code.</param>
    /// <exception cref="StyleLabException">The picture has no recipe, its files are missing or changed, or code must be given again.</exception>
    public static Recipe Of(Picture picture, string? folder = null, Loss? objective = null, Optimizer? optimizer = null) => picture.Text.TryGetValue(TextKeyword, out var json)
        ? FromJson(json, folder, objective, optimizer)
        : throw new StyleLabException("The picture carries no recipe; only PNG files written by a StyleLab run do.");

    /// <summary>Reads a recipe and the pictures it names. A loss or an optimizer that is code is only named there and is given again.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <param name="folder">Where the files it names are looked for, by name and then by hash, if they are not found from the current folder.</param>
    /// <param name="objective">The whole objective, made by the code that made it first; read from the JSON if not given.</param>
    /// <param name="optimizer">The optimizer, made by the code that made it first; read from the JSON if not given.</param>
    /// <exception cref="StyleLabException">
    /// The text is not a recipe, its files are missing or changed, code must be given again, or what is given is something else.
    /// </exception>
    public static Recipe FromJson(string json, string? folder = null, Loss? objective = null, Optimizer? optimizer = null) =>
        RecipeJson.Read(json, new RecipeJson.PictureConverter(new PictureFiles(folder)), objective, optimizer);

    /// <summary>The recipe as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(Written, RecipeJson.Writing);

    /// <summary>A new run with these settings.</summary>
    /// <exception cref="StyleLabException">The loss network cannot be found or is not the one the recipe was made with.</exception>
    public Synthesis Synthesize(IEngine? engine = null) => Synthesize(null, engine);

    /// <summary>A new run with these settings, or one that goes on from a checkpoint.</summary>
    internal Synthesis Synthesize(Checkpoint? from, IEngine? engine = null)
    {
        var network = Network.Load();
        engine ??= Tensors.Engines.Engine.Default;
        return new Synthesis(this with { Engine = RecipeJson.NameOf(engine) }, network, engine, from);
    }
}
