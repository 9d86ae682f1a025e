namespace Sat.Training.Standard;

enum CosineUnit
{
    Epoch,
    Step,
}
