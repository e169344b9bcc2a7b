using System.Data.SqlTypes;

namespace Demo;

public static partial class Conditions
{
    [Tamed] public static partial void Run(SqlBoolean known, Event done);

    private static void RunBody(SqlBoolean known, Event done)
    {
        if (known) using (twait()) asap(mkevent());
        while (known && !known) using (twait()) asap(mkevent());
        try
        {
            using (twait()) asap(mkevent());
        }
        catch (InvalidOperationException) when (known)
        {
            checked
            {
                do using (twait()) asap(mkevent());
                while (known | known);
            }
        }

        switch ((object)known)
        {
            case SqlBoolean other when other:
                using (twait()) asap(mkevent());
                if (!other.IsNull) known = other;
                break;
        }

        done.Trigger();
    }
}
