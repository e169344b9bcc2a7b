using System.Globalization;

namespace Outcomes;

/// <summary>The effect of an exception that escapes a tamed method.</summary>
public static partial class Failures
{
    #region parse
    [Tamed] public static partial void Parse(string text, Event<int> number);

    private static void ParseBody(string text, Event<int> number)
    {
        twait(e => timer(TimeSpan.FromMilliseconds(10), e));
        number.Trigger(int.Parse(text, CultureInfo.InvariantCulture));
    }
    #endregion

    #region sum
    [Tamed] public static partial void Sum(string[] texts, TextWriter output, Event done);

    private static void SumBody(string[] texts, TextWriter output, Event done)
    {
        var numbers = new int[texts.Length];
        try
        {
            using (twait())
            {
                for (int i = 0; i < texts.Length; i++)
                    Parse(texts[i], mkevent(out numbers[i]));
            }
            output.WriteLine($"the sum is {numbers.Sum()}");
        }
        catch (FormatException e)
        {
            output.WriteLine($"no number: {e.Message}");
            foreach (Exception other in e.OtherFailures())
                output.WriteLine($"nor here: {other.Message}");
        }
        done.Trigger();
    }
    #endregion

    #region handover
    [Tamed] public static partial void SumOfNumbers(string[] texts, TextWriter output, Event done);

    private static void SumOfNumbersBody(string[] texts, TextWriter output, Event done)
    {
        var numbers = new int[texts.Length];
        var parsed = new Rendezvous<int>();
        for (int i = 0; i < texts.Length; i++)
            Parse(texts[i], mkevent(parsed, i, out numbers[i]));
        for (int left = texts.Length; left > 0; left--)
        {
            twait(parsed, out int index, out Exception? error);
            if (error is not null)
                output.WriteLine($"left out {texts[index]}: {error.GetType().Name}");
        }
        output.WriteLine($"the sum of the others is {numbers.Sum()}");
        done.Trigger();
    }
    #endregion
}
