namespace Sat.Reports.Rendering;

/// <summary>What every page begins with (<c>head.html</c>).</summary>
internal abstract record PageView
{
    /// <summary>What the page is about.</summary>
    public required string Title { get; init; }

    /// <summary>What kind of page it is, in a word.</summary>
    public abstract string Kind { get; }

    /// <summary>True if it holds pictures of pixels.</summary>
    public virtual bool HasPictures => false;

    /// <summary>The style of all pages.</summary>
    public Html Style { get; } = new(TemplateRenderer.Resource("report.css"));
}
