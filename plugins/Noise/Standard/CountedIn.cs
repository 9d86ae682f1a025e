namespace Sat.Noise.Standard;

enum CountedIn
{
    Rows,
    TrainingSet,
}
