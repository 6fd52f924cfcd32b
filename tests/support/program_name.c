#include "command/command.h"

const char am_program_name[] = "amends";
