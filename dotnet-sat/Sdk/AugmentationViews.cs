namespace Sat.Sdk;

/// <summary>Views of one image.</summary>
public static class AugmentationViews
{
    /// <summary>What makes each of several views: the augmentation's own form for it, or the augmentation itself, drawn anew.</summary>
    /// <param name="augmentation">The study's augmentation.</param>
    /// <param name="count">Views, at least 1.</param>
    public static IReadOnlyList<IAugmentation> Views(this IAugmentation augmentation, int count) =>
        [.. Enumerable.Range(0, count).Select(v => augmentation is IViewAugmentation views ? views.View(v) : augmentation)];
}
