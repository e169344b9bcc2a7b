namespace Tame.Stages;

/// <summary>The options of a <see cref="BatchController"/>.</summary>
public sealed record BatchOptions
{
    private const string Share = "Set a share from 0 to 1.";
    private const string Step = "Set a factor above 1, and 1000 at most.";

    /// <summary>The values of SEDA's code: a decision every five seconds, whether or not the batch limits throughput, and batches of at least two items.</summary>
    public static BatchOptions Paper { get; } = new()
    {
        Period = TimeSpan.FromSeconds(1),
        Samples = 5,
        MinBatches = 0,
        Min = 2,
        Smoothing = 0.7,
        Shrink = 1.2,
        High = 0.98,
        Rest = 0,
        OnlyUnderBacklog = false,
    };

    /// <summary>How often the stage calls the controller, and so the time over which it counts throughput; half a second by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, or longer than a day.</exception>
    public TimeSpan Period
    {
        get;
        init => field = ControllerChecks.Positive(value, "Set a period from above zero to a day.");
    } = TimeSpan.FromSeconds(0.5);

    /// <summary>The number of samples for a decision; one by default, five in the paper.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int Samples
    {
        get;
        init => field = ControllerChecks.Between(1, int.MaxValue, value, "Set at least one sample for a decision.");
    } = 1;

    /// <summary>
    /// A sample lasts until this number of batches of the largest size is handled, and at least <see cref="Period"/>; 40 by default, 0 in the paper. In a sample
    /// of fewer batches, the first and the last batch make the result inexact.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int MinBatches
    {
        get;
        init => field = ControllerChecks.Between(0, int.MaxValue, value, "Set a number of batches that is not negative.");
    } = 40;

    /// <summary>The smallest batch; one item by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int Min
    {
        get;
        init => field = ControllerChecks.Between(1, int.MaxValue, value, "Set a batch of at least one item.");
    } = 1;

    /// <summary>The largest batch, with which the controller starts; 1,000 items by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int Max
    {
        get;
        init => field = ControllerChecks.Between(1, int.MaxValue, value, "Set a batch of at least one item.");
    } = 1000;

    /// <summary>The weight of earlier samples against a new sample, from 0 to 0.99; 0 by default, 0.7 in the paper.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 0 to 0.99.</exception>
    public double Smoothing
    {
        get;
        init => field = ControllerChecks.Between(0, 0.99, value, "Set a weight from 0, which follows each sample, to 0.99.");
    }

    /// <summary>The divisor that makes a batch smaller; 1.5 by default, 1.2 in the paper. The batch becomes smaller by one item at least.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above one.</exception>
    public double Shrink
    {
        get;
        init => field = ControllerChecks.Between(Math.BitIncrement(1), 1000, value, Step);
    } = 1.5;

    /// <summary>The factor that makes a batch larger; 1.2 by default. The batch becomes larger by one item at least.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above one.</exception>
    public double Grow
    {
        get;
        init => field = ControllerChecks.Between(Math.BitIncrement(1), 1000, value, Step);
    } = 1.2;

    /// <summary>At this share of the best throughput seen, the batch has become too small, and grows; 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 0 to 1.</exception>
    public double Low
    {
        get;
        init => field = ControllerChecks.Between(0, 1, value, Share);
    } = 0.9;

    /// <summary>At this share of the best throughput seen, the batch has grown enough; 0.95 by default, 0.98 in the paper.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 0 to 1.</exception>
    public double High
    {
        get;
        init => field = ControllerChecks.Between(0, 1, value, Share);
    } = 0.95;

    /// <summary>Below this share of the best throughput seen, the load has changed: the controller starts again with the largest batch. 0.2 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 0 to 1.</exception>
    public double FarBelow
    {
        get;
        init => field = ControllerChecks.Between(0, 1, value, Share);
    } = 0.2;

    /// <summary>From this multiple of the best throughput seen, the load has changed: the controller starts again with the largest batch. 2 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above one.</exception>
    public double FarAbove
    {
        get;
        init => field = ControllerChecks.Between(Math.BitIncrement(1), double.MaxValue, value, "Set a multiple above 1.");
    } = 2;

    /// <summary>
    /// For how many decisions the controller keeps a batch that has grown enough before it tries a smaller one; 10 by default. With 0, as in the paper, it tries a smaller one at once, so that the
    /// throughput falls below the best again and again.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int Rest
    {
        get;
        init => field = ControllerChecks.Between(0, int.MaxValue, value, "Set a number of decisions that is not negative.");
    } = 10;

    /// <summary>
    /// Count only samples at whose end more items wait than a batch holds; true by default. At other times the load determines the throughput, not the batch, and the
    /// batch size stays.
    /// </summary>
    public bool OnlyUnderBacklog { get; init; } = true;
}
