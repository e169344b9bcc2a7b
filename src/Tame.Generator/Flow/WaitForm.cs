namespace Tame.Generator.Flow;

/// <summary>The ways to write a wait.</summary>
internal enum WaitForm
{
    /// <summary>`using (twait()) …`.</summary>
    Block,

    /// <summary>`twait(r…)`: one event of a rendezvous.</summary>
    Join,

    /// <summary>`twait(e => …)`: a block with one event, for which the lambda starts something.</summary>
    Start,

    /// <summary>`twait(task)`: a block with one event, which the task completes.</summary>
    Task,
}
