namespace StyleLab.Figures;

/// <summary>Something that runs and sends views of itself.</summary>
internal interface IWatchedRun : IObservable<ProgressView>
{
    /// <summary>What a display shows until the run sends a view.</summary>
    ProgressView LatestView { get; }
}
