using StyleLab.Losses;

namespace StyleLab;

/// <summary>A loss that looks at layers of a network: of the run's, or of another that it names.</summary>
public abstract record LayerLoss : Loss
{
    // The network as it was given; a recipe that was read loads it when a run begins.
    private LossNetwork? _given;

    private protected LayerLoss()
    {
    }

    /// <summary>The network whose layers it looks at; that of the run if not given.</summary>
    public NetworkRecipe? On
    {
        get;
        init
        {
            field = value;
            _given = _given?.Recipe == value ? _given : null;
        }
    }

    /// <summary>The network as it was given in code.</summary>
    internal LossNetwork? Network
    {
        init
        {
            On = value?.Recipe;
            _given = value;
        }
    }

    internal override IEnumerable<NetworkPick> Picks => LayerPicks.Select(pick => new NetworkPick(On, _given, pick));

    internal override Loss WithNetworks(Func<NetworkRecipe, NetworkRecipe> change) => On is null ? this : this with { On = change(On) };

    /// <summary>What it is built from, as its network sees it.</summary>
    private protected LossContext Seen(LossContext context) => On is null ? context : context.On(NetworkOr(context.Network));

    /// <summary>Its network.</summary>
    internal LossNetwork NetworkOr(LossNetwork ofRun) => On is null ? ofRun : _given ?? LoadedNetworks.Of(On);

    /// <summary>A name that says on which network, if it is not the run's.</summary>
    internal string NameOf(string kind) => On is null ? kind : $"{kind}{OnMark}{_given?.Name ?? Path.GetFileNameWithoutExtension(On.Name)}";

    /// <summary>What stands between the kind of a term and the network it is on.</summary>
    internal const string OnMark = " on ";
}
