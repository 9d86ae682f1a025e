using Sat.Records.Options;

namespace Sat.Noise.Standard;

sealed record LabelFileOptions
{
    [Option(
        "A label for each training sample, in the dataset's order unless 'file' or 'index' names the samples: numbers from 0 or class names, as .npy, .npz, .pt, JSON, CSV, or text with one per line.",
        IsPath = true,
        IsPerSample = true,
        Required = true
    )]
    public string? Path { get; init; }

    [Option(
        "The column of a CSV file, the array of an .npz or .pt file or the property of a JSON object. Unset: the only one, or 'label'. A column 'file' (as in labels.csv) or 'index' beside it says which sample each row is for."
    )]
    public string? Column { get; init; }

    [Option("Rows with a 'file' or 'index' need not name every sample: the others keep their labels.")]
    public bool? Partial { get; init; }

    [Option(
        "What the values are where the classes are named by numbers: names or numbers (positions in the dataset's list of classes, from 0). Unset: names if all numerals in a text are names of classes."
    )]
    public LabelValues? Values { get; init; }

    [Option(
        "What a list without 'file' or 'index', or an 'index', counts where the dataset orders its samples itself: rows (of the dataset's own file, as its labels) or training-set (as runs save vectors and 'data samples' counts)."
    )]
    public CountedIn? Order { get; init; }
}
