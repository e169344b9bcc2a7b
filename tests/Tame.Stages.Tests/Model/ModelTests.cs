using CsCheck;

namespace Tame.Stages.Tests.Model;

public sealed class ModelTests
{
    [Fact]
    public void No_item_is_lost_or_handled_twice_whatever_happens_to_the_stage() =>
        Story.All.Sample(story => Loops.Run(done => StoryRun.Run(story, done)), iter: 3_000, threads: 1);
}
