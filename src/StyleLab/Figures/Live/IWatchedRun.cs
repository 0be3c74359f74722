namespace StyleLab.Figures;

/// <summary>A run that shows itself in a notebook.</summary>
internal interface IWatchedRun : IObservable<ProgressView>
{
    /// <summary>What a display shows until the run sends a view.</summary>
    ProgressView LatestView { get; }
}
