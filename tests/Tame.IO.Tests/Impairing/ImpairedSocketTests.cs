using Tame.IO.Tests.Connections;
using Tame.IO.Tests.Peers;
using Tame.IO.Tests.Streams;

namespace Tame.IO.Tests.Impairing;

/// <summary>The same programs over the system's sockets. No descriptor stays.</summary>
[Collection(nameof(Alone))]
public sealed class ImpairedSocketTests
{
    private const int Seeds = 8;
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(3);

    [Theory]
    [InlineData(Networks.System)]
    [InlineData(Networks.Portable)]
    public void Dialogs_end_as_they_do_without_the_proxy_or_each_side_is_told(string network)
    {
        Descriptors.SkipWhereNotCounted();
        int struck = Run(network, 1);
        var before = Descriptors.OfNetworks;
        struck += Run(network, 1 + Seeds);
        Assert.True(struck > Seeds, $"{struck} struck");
        Descriptors.AssertNoMoreThan(before);
    }

    [Theory]
    [InlineData(Networks.System)]
    [InlineData(Networks.Portable)]
    public void What_is_received_is_what_was_sent(string network)
    {
        foreach (var fault in Enum.GetValues<Fault>())
        {
            for (int seed = 1; seed <= Seeds; seed++)
            {
                var schedule = new Schedule(seed, Impairments.Of(new Random(seed), fault, s_longest));
                Networks.Run(network, schedule.Run);
                schedule.Check();
            }
        }
    }

    /// <summary>Runs dialogs with each fault; tells how many connections were struck.</summary>
    private static int Run(string network, int firstSeed)
    {
        int struck = 0;
        foreach (var fault in Enum.GetValues<Fault>())
        {
            for (int seed = firstSeed; seed < firstSeed + Seeds; seed++)
            {
                var how = Impairments.Of(new Random(seed), fault, s_longest);
                var dialogs = new Dialogs(seed, how);
                Networks.Run(network, dialogs.Run);
                DialogChecks.Check(seed, how, dialogs);
                struck += dialogs.Struck;
            }
        }
        return struck;
    }
}
